-- Who may decide for the person a case is about, and what age and health change in that.
SELECT 1;
