-- AlterTable
ALTER TABLE `users` ADD COLUMN `language` ENUM('en', 'es') NOT NULL DEFAULT 'en';

-- AlterTable
ALTER TABLE `signing_keys` ADD COLUMN `signs_from` DATETIME(3) NULL;
UPDATE `signing_keys` SET `signs_from` = `created_at`;
ALTER TABLE `signing_keys` MODIFY `signs_from` DATETIME(3) NOT NULL;

-- CreateTable
CREATE TABLE `password_resets` (
    `token_hash` BINARY(32) NOT NULL,
    `user_id` BINARY(16) NOT NULL,
    `created_at` DATETIME(3) NOT NULL,
    `expires_at` DATETIME(3) NOT NULL,

    INDEX `password_resets_user_id_idx`(`user_id`),
    INDEX `password_resets_expires_at_idx`(`expires_at`),
    PRIMARY KEY (`token_hash`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `attempt_counts` (
    `id` BINARY(32) NOT NULL,
    `count` INTEGER NOT NULL,
    `until` DATETIME(3) NOT NULL,

    INDEX `attempt_counts_until_idx`(`until`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- AddForeignKey
ALTER TABLE `password_resets` ADD CONSTRAINT `password_resets_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;
