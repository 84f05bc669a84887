-- The people around a case.
SELECT 1;
