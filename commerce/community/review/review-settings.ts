/** How review hooks are reached. */
export interface ReviewSettings {
  /** Each shop's secret is made of it. */
  readonly houseSecret: string;
  /** True lets hooks be on this network; for development and tests. */
  readonly allowPrivate: boolean;
  /** True lets hooks be without encryption; refused in production. */
  readonly allowHttp: boolean;
}

/** Reads the settings out of the configuration. */
export function toReviewSettings(config: {
  readonly NODE_ENV: string;
  readonly SOUK_WEBHOOK_SECRET: string;
  readonly REVIEW_HOOK_ALLOW_PRIVATE: boolean;
}): ReviewSettings {
  return {
    houseSecret: config.SOUK_WEBHOOK_SECRET,
    allowPrivate: config.REVIEW_HOOK_ALLOW_PRIVATE,
    allowHttp: config.NODE_ENV !== 'production',
  };
}
