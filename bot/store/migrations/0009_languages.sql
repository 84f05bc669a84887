-- Languages a person can choose besides Bokmål and Nynorsk. Which they are stands in one place, the code's `Language`, and not here too,
-- so that a language can be added without another migration.
ALTER TABLE people RENAME COLUMN language TO language_before;
ALTER TABLE people ADD COLUMN language TEXT NOT NULL DEFAULT 'nb';
UPDATE people SET language = language_before;
ALTER TABLE people DROP COLUMN language_before;

ALTER TABLE cases RENAME COLUMN language TO language_before;
ALTER TABLE cases ADD COLUMN language TEXT NOT NULL DEFAULT 'nb';
UPDATE cases SET language = language_before;
ALTER TABLE cases DROP COLUMN language_before;
SELECT 1;
