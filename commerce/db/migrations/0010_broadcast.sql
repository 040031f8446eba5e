CREATE TABLE "recordings" (
	"show_id" text PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"duration_ms" integer DEFAULT 0 NOT NULL,
	"size_bytes" bigint DEFAULT 0 NOT NULL,
	"ready_at" timestamp (3) with time zone,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "recordings_length" CHECK ("recordings"."duration_ms" >= 0 AND "recordings"."size_bytes" >= 0)
);
--> statement-breakpoint
CREATE TABLE "stream_keys" (
	"show_id" text PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"secret_hash" char(64) NOT NULL,
	"hint" char(4) NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "stream_keys_id_unique" UNIQUE("id"),
	CONSTRAINT "stream_keys_secretHash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
ALTER TABLE "shows" ADD COLUMN "is_recorded" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "recordings" ADD CONSTRAINT "recordings_show_id_shows_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."shows"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stream_keys" ADD CONSTRAINT "stream_keys_show_id_shows_id_fk" FOREIGN KEY ("show_id") REFERENCES "public"."shows"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "recordings_ready" ON "recordings" USING btree ("ready_at") WHERE "recordings"."status" = 'ready';