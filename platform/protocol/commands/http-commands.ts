import type { z } from 'zod';
import { authCommands } from '../http/auth.ts';
import { broadcastCommands } from '../http/broadcast.ts';
import { buyingCommands } from '../http/buying.ts';
import { catalogCommands } from '../http/catalog.ts';
import { importCommands } from '../http/catalog-imports.ts';
import { checkoutCommands } from '../http/checkout.ts';
import { communityCommands } from '../http/community.ts';
import { couponCommands } from '../http/coupons.ts';
import { deskCommands } from '../http/desk.ts';
import { deskPaymentCommands } from '../http/desk-payments.ts';
import { moderationCommands } from '../http/moderation.ts';
import { salesCommands } from '../http/sales.ts';
import { showCommands } from '../http/shows.ts';
import type { HttpCommandSpec } from './command-spec.ts';

/** The table of HTTP commands and reads: routes, checks, OpenAPI and the page's client are derived from it. */
export const httpCommands = {
  ...authCommands,
  ...showCommands,
  ...broadcastCommands,
  ...moderationCommands,
  ...communityCommands,
  ...salesCommands,
  ...couponCommands,
  ...buyingCommands,
  ...checkoutCommands,
  ...catalogCommands,
  ...importCommands,
  ...deskCommands,
  ...deskPaymentCommands,
} as const satisfies Record<string, HttpCommandSpec>;

export type HttpCommands = typeof httpCommands;
export type HttpCommandName = keyof HttpCommands;

type Part<
  Name extends HttpCommandName,
  Key extends 'params' | 'query' | 'body',
> = HttpCommands[Name] extends {
  [K in Key]: infer Schema extends z.ZodType;
}
  ? Schema
  : never;

type InputOf<Schema> = [Schema] extends [never]
  ? undefined
  : Schema extends z.ZodType
    ? z.input<Schema>
    : never;
type OutputOf<Schema> = [Schema] extends [never]
  ? undefined
  : Schema extends z.ZodType
    ? z.output<Schema>
    : never;

/** What a caller hands in (before parsing). */
export type HttpInput<Name extends HttpCommandName> = {
  params: InputOf<Part<Name, 'params'>>;
  query: InputOf<Part<Name, 'query'>>;
  body: InputOf<Part<Name, 'body'>>;
};
/** What a handler gets (after parsing). */
export type HttpParsed<Name extends HttpCommandName> = {
  params: OutputOf<Part<Name, 'params'>>;
  query: OutputOf<Part<Name, 'query'>>;
  body: OutputOf<Part<Name, 'body'>>;
};
export type HttpResponse<Name extends HttpCommandName> = z.output<HttpCommands[Name]['response']>;
