-- CreateTable
CREATE TABLE "call_listeners" (
    "id" UUID NOT NULL,
    "session_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "renewed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_listeners_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "call_listeners_session_id_idx" ON "call_listeners"("session_id");
