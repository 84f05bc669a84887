-- What is due is taken in order, a batch at a time, without sorting everything else that is due each time.
DROP INDEX reminders_due;
CREATE INDEX reminders_due ON reminders (due_at, key) WHERE state = 'pending';
