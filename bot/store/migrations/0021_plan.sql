-- What Samråd carries of an individual plan, whatever tool holds the document.
SELECT 1;
