-- When a remark was noted: what was said in the last standup is told as that, not again as new.
ALTER TABLE remark ADD COLUMN noted TEXT NOT NULL DEFAULT '';
-- How many minutes the team was over on the morning of the meeting. NULL where nobody knows any more.
ALTER TABLE reflection ADD COLUMN forced_over INTEGER CHECK (forced_over >= 0);
