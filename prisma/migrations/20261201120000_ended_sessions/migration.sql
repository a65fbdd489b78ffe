-- CreateTable
CREATE TABLE `ended_sessions` (
    `id` BINARY(16) NOT NULL,
    `ended_at` DATETIME(3) NOT NULL,
    `expires_at` DATETIME(3) NOT NULL,

    INDEX `ended_sessions_ended_at_idx`(`ended_at`),
    INDEX `ended_sessions_expires_at_idx`(`expires_at`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
