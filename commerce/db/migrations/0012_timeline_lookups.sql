DROP INDEX "timeline_entries_type";--> statement-breakpoint
CREATE INDEX "timeline_entries_message" ON "timeline_entries" USING btree ("show_id",(data ->> 'messageId')) WHERE "timeline_entries"."type" IN ('chat:sent', 'chat:held', 'chat:pinned');--> statement-breakpoint
CREATE INDEX "timeline_entries_type" ON "timeline_entries" USING btree ("show_id","type","entry_ms","entry_seq");