import type { Instant } from '#shared/kernel/instants.ts';
import type { ProgramFacts } from '#lib/api.ts';
import type { Asked } from '#lib/server/asked.ts';
import type { SignedIn } from '#lib/signed-in.ts';

declare global {
  namespace App {
    interface Error {
      status: number;
      message: string;
      /** What the visitor can quote so that the entry in the log is found. */
      correlation?: string;
      /** Where what the page was about can be seen. */
      back?: { href: string; label: string };
    }
    interface Platform {
      /** When the gateway received the request. */
      at: Instant;
    }
    interface Locals {
      /** The same; by this machine's clock where no gateway stands in front. */
      at: Instant;
      correlation: string;
      /** What this page asked of the API so far. */
      asked: Asked;
    }
    interface PageData {
      /** The program whose pages these are; absent on the pages of the site itself. */
      program?: ProgramFacts;
      signedIn?: SignedIn;
    }
  }
}
