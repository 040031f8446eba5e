ALTER TABLE "timeline_entries" ADD COLUMN "entry_ms" bigint GENERATED ALWAYS AS (split_part(entry_id, '-', 1)::bigint) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "timeline_entries" ADD COLUMN "entry_seq" bigint GENERATED ALWAYS AS (split_part(entry_id, '-', 2)::bigint) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "timeline_entries" DROP CONSTRAINT "timeline_entries_show_id_epoch_entry_id_pk";--> statement-breakpoint
ALTER TABLE "timeline_entries" ADD CONSTRAINT "timeline_entries_show_id_epoch_entry_ms_entry_seq_pk" PRIMARY KEY("show_id","epoch","entry_ms","entry_seq");--> statement-breakpoint
CREATE INDEX "recordings_to_finish" ON "recordings" USING btree ("show_id") WHERE "recordings"."status" = 'active';--> statement-breakpoint
CREATE INDEX "recordings_to_remove" ON "recordings" USING btree ("show_id") WHERE "recordings"."status" = 'removed' AND "recordings"."removed_at" IS NULL;