-- AlterTable
ALTER TABLE `tasks`
    MODIFY `options` MEDIUMTEXT NOT NULL,
    ADD COLUMN `quiet` BOOLEAN NOT NULL;
