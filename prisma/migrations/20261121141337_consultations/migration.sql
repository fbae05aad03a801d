-- CreateEnum
CREATE TYPE "TransactionKind" AS ENUM ('TOP_UP', 'SESSION_CHARGE', 'SESSION_EARNING', 'REFUND');

-- AlterTable
ALTER TABLE "session_participants" DROP CONSTRAINT "session_participants_pkey",
ADD CONSTRAINT "session_participants_pkey" PRIMARY KEY ("session_id", "user_id", "joined_at");

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "cost_minor" BIGINT,
ADD COLUMN     "currency" TEXT,
ADD COLUMN     "last_activity_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "rate_minor" BIGINT,
ADD COLUMN     "stays" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "professional_profiles" (
    "user_id" TEXT NOT NULL,
    "specialty" TEXT,
    "accepting_sessions" BOOLEAN NOT NULL DEFAULT true,
    "session_types" "SessionType"[] DEFAULT ARRAY['CHAT', 'VOICE', 'VIDEO']::"SessionType"[],

    CONSTRAINT "professional_profiles_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "session_rates" (
    "user_id" TEXT NOT NULL,
    "type" "SessionType" NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,

    CONSTRAINT "session_rates_pkey" PRIMARY KEY ("user_id","type")
);

-- CreateTable
CREATE TABLE "wallets" (
    "user_id" TEXT NOT NULL,
    "entries" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "wallets_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "ledger_transactions" (
    "id" UUID NOT NULL,
    "reference" TEXT,
    "session_id" UUID,
    "currency" TEXT NOT NULL,
    "created_by_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_transactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entries" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "transaction_id" UUID NOT NULL,
    "user_id" TEXT,
    "number" INTEGER,
    "kind" "TransactionKind" NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "balance_after_minor" BIGINT,
    "description" TEXT NOT NULL,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transactions_reference_key" ON "ledger_transactions"("reference");

-- CreateIndex
CREATE INDEX "ledger_transactions_session_id_idx" ON "ledger_transactions"("session_id");

-- CreateIndex
CREATE INDEX "ledger_entries_transaction_id_idx" ON "ledger_entries"("transaction_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_user_id_number_key" ON "ledger_entries"("user_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entries_user_id_currency_number_key" ON "ledger_entries"("user_id", "currency", "number");

-- AddForeignKey
ALTER TABLE "professional_profiles" ADD CONSTRAINT "professional_profiles_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_rates" ADD CONSTRAINT "session_rates_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "professional_profiles"("user_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "wallets" ADD CONSTRAINT "wallets_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_transactions" ADD CONSTRAINT "ledger_transactions_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "ledger_transactions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "wallets"("user_id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Of those that are ACTIVE.
CREATE INDEX "sessions_started_at_idx" ON "sessions"("started_at") WHERE "status" = 'ACTIVE';

-- Whatever writes it: money comes from somewhere and goes somewhere.
alter table ledger_entries add constraint ledger_entries_of_a_wallet
  check ((user_id is null) = (number is null) and (user_id is null) = (balance_after_minor is null));
create function ledger_balances() returns trigger language plpgsql as $$
begin
  if (select sum(amount_minor) from ledger_entries where transaction_id = new.transaction_id) <> 0 then
    raise 'The entries of ledger transaction % do not sum to zero.', new.transaction_id;
  end if;
  return null;
end $$;
create constraint trigger ledger_entries_sum_to_zero after insert or update on ledger_entries
  deferrable initially deferred for each row execute function ledger_balances();

-- What everyone owes for a session up to then, rounded half up. With a patient of its own they pay for all of it; otherwise
-- each for the seconds that they were in it.
create function session_charges(p_session uuid, p_at timestamptz)
returns table(user_id text, amount_minor bigint) language sql stable as $$
  select payer.user_id, div(s.rate_minor * floor(payer.seconds) + 30, 60)::bigint
  from sessions s cross join lateral (
    select s.patient_id as user_id, greatest(0, extract(epoch from p_at - s.started_at)) as seconds where s.patient_id is not null
    union all
    select x.user_id, sum(greatest(0, extract(epoch from least(x.left_at, p_at) - x.joined_at)))
    from session_participants x where s.patient_id is null and x.session_id = s.id and x.role = 'PATIENT' and x.user_id <> s.professional_id
    group by x.user_id
  ) payer
  where s.id = p_session and s.rate_minor is not null
$$;
