INSERT INTO "pictures" ("id", "product_id", "content_type", "bytes", "position", "created_at")
SELECT 'pic_' || substr("id", 5), "id", 'image/svg+xml', convert_to("picture_svg", 'UTF8'), 0, "created_at" FROM "products";
--> statement-breakpoint
UPDATE "products" SET "cover_picture_id" = 'pic_' || substr("id", 5);
--> statement-breakpoint
ALTER TABLE "products" DROP COLUMN "picture_svg";
