-- CreateIndex
CREATE INDEX `tasks_owner_id_status_touched_at_idx` ON `tasks`(`owner_id`, `status`, `touched_at`);
