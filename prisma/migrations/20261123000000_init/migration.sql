-- CreateTable
CREATE TABLE `users` (
    `id` BINARY(16) NOT NULL,
    `username` VARCHAR(40) NOT NULL,
    `email` VARCHAR(254) NOT NULL,
    `password_hash` VARCHAR(255) NOT NULL,
    `first_name` VARCHAR(100) NULL,
    `last_name` VARCHAR(100) NULL,
    `created_at` DATETIME(3) NOT NULL,

    UNIQUE INDEX `users_username_key`(`username`),
    UNIQUE INDEX `users_email_key`(`email`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `refresh_tokens` (
    `id` BINARY(16) NOT NULL,
    `user_id` BINARY(16) NOT NULL,
    `family_id` BINARY(16) NOT NULL,
    `token_hash` BINARY(32) NOT NULL,
    `created_at` DATETIME(3) NOT NULL,
    `expires_at` DATETIME(3) NOT NULL,
    `rotated_at` DATETIME(3) NULL,
    `revoked_at` DATETIME(3) NULL,

    UNIQUE INDEX `refresh_tokens_token_hash_key`(`token_hash`),
    INDEX `refresh_tokens_user_id_idx`(`user_id`),
    INDEX `refresh_tokens_family_id_idx`(`family_id`),
    INDEX `refresh_tokens_expires_at_idx`(`expires_at`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `signing_keys` (
    `kid` VARCHAR(64) NOT NULL,
    `public_jwk` TEXT NOT NULL,
    `private_encrypted` VARBINARY(1024) NOT NULL,
    `created_at` DATETIME(3) NOT NULL,
    `retired_at` DATETIME(3) NULL,

    PRIMARY KEY (`kid`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `files` (
    `id` BINARY(16) NOT NULL,
    `owner_id` BINARY(16) NOT NULL,
    `task_id` BINARY(16) NULL,
    `kind` ENUM('upload', 'result') NOT NULL,
    `name` VARCHAR(255) NOT NULL,
    `path` TEXT NOT NULL,
    `size` BIGINT NOT NULL,
    `media_type` VARCHAR(127) NOT NULL,
    `sha256` BINARY(32) NOT NULL,
    `blob_key` VARCHAR(191) NOT NULL,
    `created_at` DATETIME(3) NOT NULL,
    `expires_at` DATETIME(3) NULL,

    UNIQUE INDEX `files_blob_key_key`(`blob_key`),
    INDEX `files_owner_id_id_idx`(`owner_id`, `id`),
    INDEX `files_task_id_id_idx`(`task_id`, `id`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `tasks` (
    `id` BINARY(16) NOT NULL,
    `owner_id` BINARY(16) NOT NULL,
    `operation` ENUM('compress', 'decompress', 'convert', 'inspect') NOT NULL,
    `status` ENUM('uploaded', 'processing', 'processed', 'failed', 'cancelled') NOT NULL,
    `format` VARCHAR(16) NULL,
    `options` TEXT NOT NULL,
    `inputs` MEDIUMTEXT NOT NULL,
    `results` MEDIUMTEXT NOT NULL,
    `result_count` INTEGER NOT NULL,
    `input_size` BIGINT NOT NULL,
    `progress` TINYINT NOT NULL,
    `attempt` INTEGER NOT NULL,
    `error` TEXT NULL,
    `created_at` DATETIME(3) NOT NULL,
    `touched_at` DATETIME(3) NOT NULL,
    `started_at` DATETIME(3) NULL,
    `finished_at` DATETIME(3) NULL,
    `expires_at` DATETIME(3) NULL,

    INDEX `tasks_owner_id_id_idx`(`owner_id`, `id`),
    INDEX `tasks_status_touched_at_idx`(`status`, `touched_at`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `task_inputs` (
    `task_id` BINARY(16) NOT NULL,
    `position` INTEGER NOT NULL,
    `file_id` BINARY(16) NOT NULL,

    INDEX `task_inputs_file_id_idx`(`file_id`),
    PRIMARY KEY (`task_id`, `position`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `outbox` (
    `id` BIGINT NOT NULL AUTO_INCREMENT,
    `exchange` VARCHAR(64) NOT NULL,
    `routing_key` VARCHAR(127) NOT NULL,
    `body` MEDIUMTEXT NOT NULL,
    `headers` TEXT NOT NULL,
    `created_at` DATETIME(3) NOT NULL,
    `sent_at` DATETIME(3) NULL,

    INDEX `outbox_sent_at_id_idx`(`sent_at`, `id`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `idempotency_keys` (
    `owner_id` BINARY(16) NOT NULL,
    `key_hash` BINARY(32) NOT NULL,
    `request_hash` BINARY(32) NULL,
    `response` MEDIUMTEXT NULL,
    `created_at` DATETIME(3) NOT NULL,
    `expires_at` DATETIME(3) NOT NULL,

    INDEX `idempotency_keys_expires_at_idx`(`expires_at`),
    PRIMARY KEY (`owner_id`, `key_hash`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- AddForeignKey
ALTER TABLE `refresh_tokens` ADD CONSTRAINT `refresh_tokens_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `task_inputs` ADD CONSTRAINT `task_inputs_task_id_fkey` FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE `task_inputs` ADD CONSTRAINT `task_inputs_file_id_fkey` FOREIGN KEY (`file_id`) REFERENCES `files`(`id`) ON DELETE RESTRICT ON UPDATE CASCADE;
