-- AlterTable
ALTER TABLE "attachments" ADD COLUMN     "lease_id" UUID,
ADD COLUMN     "lease_wanted" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "leased_until" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "attachments_leased_until_idx" ON "attachments"("leased_until");
