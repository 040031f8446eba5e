DROP INDEX "audit_log_show";--> statement-breakpoint
DROP INDEX "bans_merchant";--> statement-breakpoint
CREATE INDEX "audit_log_actor" ON "audit_log" USING btree ("merchant_id","actor_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_action" ON "audit_log" USING btree ("merchant_id","action","id");--> statement-breakpoint
CREATE INDEX "bans_person" ON "bans" USING btree ("merchant_id","user_id");--> statement-breakpoint
CREATE INDEX "audit_log_show" ON "audit_log" USING btree ("show_id","id");--> statement-breakpoint
CREATE INDEX "bans_merchant" ON "bans" USING btree ("merchant_id","id") WHERE "bans"."scope" = 'merchant';