-- Meetings: what is called, when, where, and what it is about.
SELECT 1;
