CREATE TYPE "public"."export_kind" AS ENUM('workbook', 'dossier', 'z3');--> statement-breakpoint
CREATE TYPE "public"."export_state" AS ENUM('waiting', 'running', 'finished', 'failed', 'cancelled');--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'sign_in_refused' BEFORE 'authority_founded';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'export_made' BEFORE 'calendar_created';--> statement-breakpoint
ALTER TYPE "public"."deed" ADD VALUE 'export_downloaded' BEFORE 'calendar_created';--> statement-breakpoint
CREATE TABLE "book_exports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"school_authority_id" uuid NOT NULL,
	"asked_by" uuid NOT NULL,
	"kind" "export_kind" NOT NULL,
	"grant_ids" uuid[] NOT NULL,
	"fiscal_year" integer,
	"as_of" date NOT NULL,
	"known_on" timestamp (3) with time zone NOT NULL,
	"state" "export_state" DEFAULT 'waiting' NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"file_name" text,
	"size" bigint,
	"hash" text,
	"problem" text,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"kept_until" date,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "finished_export_has_its_file" CHECK (("book_exports"."state" = 'finished') = ("book_exports"."hash" is not null and "book_exports"."size" is not null and "book_exports"."file_name" is not null)),
	CONSTRAINT "failed_export_says_why" CHECK (("book_exports"."state" = 'failed') = ("book_exports"."problem" is not null)),
	CONSTRAINT "export_counts_forward" CHECK ("book_exports"."done" >= 0 and coalesce("book_exports"."total", 0) >= 0)
);
--> statement-breakpoint
ALTER TABLE "book_exports" ADD CONSTRAINT "book_exports_school_authority_id_school_authorities_id_fk" FOREIGN KEY ("school_authority_id") REFERENCES "public"."school_authorities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book_exports" ADD CONSTRAINT "export_is_asked_for_within_its_authority" FOREIGN KEY ("asked_by","school_authority_id") REFERENCES "public"."users"("id","school_authority_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "exports_by_user" ON "book_exports" USING btree ("asked_by");