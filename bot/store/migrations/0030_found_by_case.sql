-- What is looked for at every change of a case, or for everybody at once, is found without going through all of it.
CREATE INDEX sent_around_waiting ON sent_around (case_id) WHERE taken_by IS NULL;
CREATE INDEX guidance_of_case ON guidance (case_id);
CREATE INDEX inquiries_of_person ON inquiries (person);
CREATE INDEX ke_tasks_of_inquiry ON ke_tasks (inquiry) WHERE done_at IS NULL AND inquiry IS NOT NULL;
