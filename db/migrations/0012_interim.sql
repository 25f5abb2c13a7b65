ALTER TABLE "password_links" DROP CONSTRAINT "password_links_pkey";--> statement-breakpoint
ALTER TABLE "password_links" ADD CONSTRAINT "account_has_one_link_of_a_purpose" PRIMARY KEY("user_id","purpose");
