DROP INDEX "sales_one_running";--> statement-breakpoint
CREATE UNIQUE INDEX "sales_one_running" ON "sales" USING btree ("show_id","variant_id") WHERE "sales"."status" = 'running';