CREATE TABLE "reconcile_passes" (
	"id" text PRIMARY KEY NOT NULL,
	"created_after" timestamp (3) with time zone NOT NULL,
	"cursor" text,
	"leased_until" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "reconciled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sandbox_payments" ADD COLUMN "copy_of" text;--> statement-breakpoint
ALTER TABLE "sandbox_payments" ADD COLUMN "payee" text;--> statement-breakpoint
ALTER TABLE "sandbox_payments" ADD COLUMN "settled_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "payments_waiting" ON "payments" USING btree ("ask_at") WHERE "payments"."ask_at" is not null and "payments"."gateway_ref" is null;--> statement-breakpoint
CREATE INDEX "payments_unreconciled" ON "payments" USING btree ("updated_at") WHERE "payments"."status" in ('succeeded', 'refunded') and "payments"."reconciled_at" is null;