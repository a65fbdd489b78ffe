-- AlterTable
ALTER TABLE `files` ADD COLUMN `raw_path` BLOB NULL;
