ALTER TABLE "orders" DROP CONSTRAINT "orders_show_id_shows_id_fk";
--> statement-breakpoint
ALTER TABLE "sandbox_events" ADD COLUMN "refund_id" text;