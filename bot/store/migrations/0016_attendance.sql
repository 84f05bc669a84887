-- Who is invited to a meeting, and what they answered.
SELECT 1;
