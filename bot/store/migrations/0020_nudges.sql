-- How somebody wants to be reminded, and what was done about a reminder.
SELECT 1;
