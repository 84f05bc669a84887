-- Evaluations and complaints.
SELECT 1;
