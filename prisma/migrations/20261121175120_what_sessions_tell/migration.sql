-- CreateEnum
CREATE TYPE "SystemEvent" AS ENUM ('SESSION_STARTED', 'SESSION_ENDED', 'SESSION_EXPIRED');

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'SESSION_REFUNDED';

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "system_event" "SystemEvent";

-- What the server itself has written so far.
update messages set system_event = (case
    when body ~ '^A (chat|voice|video) session has started\.$' then 'SESSION_STARTED'
    when body ~ '^The (chat|voice|video) session has ended\.$' then 'SESSION_ENDED'
    when body ~ '^The (chat|voice|video) session has expired\.$' then 'SESSION_EXPIRED' end)::"SystemEvent"
  where kind = 'SYSTEM' and session_id is not null;
