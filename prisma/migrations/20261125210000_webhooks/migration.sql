-- CreateTable
CREATE TABLE `webhooks` (
    `id` BINARY(16) NOT NULL,
    `owner_id` BINARY(16) NOT NULL,
    `url` VARCHAR(2048) NOT NULL,
    `description` VARCHAR(200) NULL,
    `events` VARCHAR(255) NOT NULL,
    `enabled` BOOLEAN NOT NULL,
    `disabled_reason` VARCHAR(32) NULL,
    `failing_since` DATETIME(3) NULL,
    `sealed_secret` VARBINARY(255) NOT NULL,
    `former_secret` VARBINARY(255) NULL,
    `former_secret_until` DATETIME(3) NULL,
    `created_at` DATETIME(3) NOT NULL,

    INDEX `webhooks_owner_id_id_idx`(`owner_id`, `id`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- CreateTable
CREATE TABLE `webhook_deliveries` (
    `id` BINARY(16) NOT NULL,
    `webhook_id` BINARY(16) NOT NULL,
    `owner_id` BINARY(16) NOT NULL,
    `event_id` BINARY(16) NOT NULL,
    `type` VARCHAR(32) NOT NULL,
    `status` ENUM('pending', 'delivered', 'failed') NOT NULL,
    `payload` MEDIUMTEXT NOT NULL,
    `attempts` MEDIUMTEXT NOT NULL,
    `attempt_count` INTEGER NOT NULL,
    `round_count` INTEGER NOT NULL,
    `next_attempt_at` DATETIME(3) NULL,
    `leased_until` DATETIME(3) NULL,
    `created_at` DATETIME(3) NOT NULL,
    `ended_at` DATETIME(3) NULL,

    UNIQUE INDEX `webhook_deliveries_webhook_id_event_id_key`(`webhook_id`, `event_id`),
    INDEX `webhook_deliveries_webhook_id_id_idx`(`webhook_id`, `id`),
    INDEX `webhook_deliveries_next_attempt_at_webhook_id_idx`(`next_attempt_at`, `webhook_id`),
    PRIMARY KEY (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

-- AddForeignKey
ALTER TABLE `webhook_deliveries` ADD CONSTRAINT `webhook_deliveries_webhook_id_fkey` FOREIGN KEY (`webhook_id`) REFERENCES `webhooks`(`id`) ON DELETE CASCADE ON UPDATE CASCADE;
