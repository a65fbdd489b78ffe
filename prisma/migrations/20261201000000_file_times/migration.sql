-- AlterTable
ALTER TABLE `files` ADD COLUMN `modified_at` DATETIME(3) NULL;
