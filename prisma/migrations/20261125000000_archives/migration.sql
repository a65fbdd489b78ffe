-- AlterTable
ALTER TABLE `tasks`
    ADD COLUMN `report` MEDIUMTEXT NULL,
    ADD COLUMN `sealed_password` VARBINARY(1024) NULL,
    ADD COLUMN `has_password` BOOLEAN NOT NULL,
    ADD COLUMN `run_id` BINARY(16) NULL;

-- AlterTable
ALTER TABLE `outbox` ADD COLUMN `secret` BOOLEAN NOT NULL;

-- CreateTable
CREATE TABLE `inspections` (
    `file_id` BINARY(16) NOT NULL,
    `blob_key` VARCHAR(191) NOT NULL,
    `summary` TEXT NOT NULL,
    `created_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `inspections_blob_key_key`(`blob_key`),
    PRIMARY KEY (`file_id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- AddForeignKey
ALTER TABLE `inspections` ADD CONSTRAINT `inspections_file_id_fkey` FOREIGN KEY (`file_id`) REFERENCES `files`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;
