-- Responsibility groups.
SELECT 1;
