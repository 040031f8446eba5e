CREATE TABLE "follows" (
	"merchant_id" text NOT NULL,
	"user_id" text NOT NULL,
	"followed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "follows_merchant_id_user_id_pk" PRIMARY KEY("merchant_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "merchant_chats" (
	"merchant_id" text PRIMARY KEY NOT NULL,
	"words" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review_hooks" (
	"merchant_id" text PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"on_timeout" text NOT NULL,
	"is_on" boolean NOT NULL,
	"secret_salt" text NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "show_chats" (
	"show_id" text PRIMARY KEY NOT NULL,
	"who" text DEFAULT 'everyone' NOT NULL,
	"slow_seconds" integer DEFAULT 0 NOT NULL,
	"links_allowed" boolean DEFAULT true NOT NULL,
	"words" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"on_match" text DEFAULT 'refuse' NOT NULL,
	"review" text DEFAULT 'none' NOT NULL,
	"pinned" jsonb
);
--> statement-breakpoint
CREATE TABLE "bans" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"scope" text NOT NULL,
	"merchant_id" text NOT NULL,
	"show_id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"reason" text NOT NULL,
	"banned_by" text NOT NULL,
	"banned_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deleted_messages" (
	"show_id" text NOT NULL,
	"message_id" text NOT NULL,
	"deleted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "deleted_messages_show_id_message_id_pk" PRIMARY KEY("show_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "report_voices" (
	"show_id" text NOT NULL,
	"subject" text NOT NULL,
	"reporter_id" text NOT NULL,
	"report_id" text NOT NULL,
	"filed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_voices_show_id_subject_reporter_id_pk" PRIMARY KEY("show_id","subject","reporter_id")
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" text PRIMARY KEY NOT NULL,
	"show_id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"message_id" text,
	"reason" text NOT NULL,
	"note" text NOT NULL,
	"count" integer NOT NULL,
	"filed_at" timestamp (3) with time zone NOT NULL,
	"outcome" text,
	"resolved_by" text,
	"resolved_at" timestamp (3) with time zone,
	CONSTRAINT "reports_resolved" CHECK (("reports"."outcome" IS NULL) = ("reports"."resolved_at" IS NULL))
);
--> statement-breakpoint
CREATE TABLE "shadow_bans" (
	"show_id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"reason" text NOT NULL,
	"banned_by" text NOT NULL,
	"banned_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "shadow_bans_show_id_user_id_pk" PRIMARY KEY("show_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "merchant_id" text;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "person_id" text;--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "subject_name" text;--> statement-breakpoint
ALTER TABLE "follows" ADD CONSTRAINT "follows_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follows" ADD CONSTRAINT "follows_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merchant_chats" ADD CONSTRAINT "merchant_chats_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_hooks" ADD CONSTRAINT "review_hooks_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "show_chats" ADD CONSTRAINT "show_chats_show_id_shows_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."shows"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bans" ADD CONSTRAINT "bans_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bans" ADD CONSTRAINT "bans_show_id_shows_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."shows"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deleted_messages" ADD CONSTRAINT "deleted_messages_show_id_shows_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."shows"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_voices" ADD CONSTRAINT "report_voices_show_id_shows_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."shows"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report_voices" ADD CONSTRAINT "report_voices_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_show_id_shows_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."shows"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shadow_bans" ADD CONSTRAINT "shadow_bans_show_id_shows_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."shows"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "follows_user" ON "follows" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "bans_of_show" ON "bans" USING btree ("show_id","user_id") WHERE "bans"."scope" = 'show';--> statement-breakpoint
CREATE UNIQUE INDEX "bans_of_merchant" ON "bans" USING btree ("merchant_id","user_id") WHERE "bans"."scope" = 'merchant';--> statement-breakpoint
CREATE INDEX "bans_merchant" ON "bans" USING btree ("merchant_id","id");--> statement-breakpoint
CREATE INDEX "report_voices_report" ON "report_voices" USING btree ("report_id");--> statement-breakpoint
CREATE UNIQUE INDEX "reports_open" ON "reports" USING btree ("show_id","user_id",coalesce("message_id", '')) WHERE "reports"."outcome" IS NULL;--> statement-breakpoint
CREATE INDEX "reports_person" ON "reports" USING btree ("show_id","user_id");--> statement-breakpoint
CREATE INDEX "audit_log_merchant" ON "audit_log" USING btree ("merchant_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_person" ON "audit_log" USING btree ("merchant_id","person_id","id");--> statement-breakpoint
CREATE INDEX "timeline_entries_speaker" ON "timeline_entries" USING btree ("show_id",(data ->> 'userId'),"entry_ms") WHERE "timeline_entries"."type" IN ('chat:sent', 'chat:held');--> statement-breakpoint
-- The log names the shop of what is in it already; nothing else of it changes.
ALTER TABLE "audit_log" DISABLE TRIGGER "audit_log_append_only";--> statement-breakpoint
UPDATE "audit_log" a SET
  "merchant_id" = (SELECT s.merchant_id FROM shows s WHERE s.id = a.show_id),
  "person_id" = CASE WHEN a.subject ~ '^(usr|gst)_' THEN a.subject END,
  "subject_name" = (SELECT u.name FROM users u WHERE u.id = a.subject);--> statement-breakpoint
ALTER TABLE "audit_log" ENABLE TRIGGER "audit_log_append_only";--> statement-breakpoint
INSERT INTO "deleted_messages" ("show_id", "message_id", "deleted_at")
  SELECT a.show_id, a.subject, min(a.at) FROM audit_log a
  WHERE a.action = 'message:delete' AND a.show_id IS NOT NULL AND a.subject IS NOT NULL
  GROUP BY a.show_id, a.subject;
