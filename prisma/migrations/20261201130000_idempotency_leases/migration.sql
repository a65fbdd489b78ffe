-- AlterTable
ALTER TABLE `idempotency_keys` ADD COLUMN `lease_until` DATETIME(3) NULL;
