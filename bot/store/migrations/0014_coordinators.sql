-- Substitutes, and a coordinator who hands over to another.
SELECT 1;
