/** How review hooks are reached. */
export interface ReviewSettings {
  /** Each shop's secret is made of it. */
  readonly houseSecret: string;
  /** True lets hooks be on this network; for development and tests. */
  readonly allowPrivate: boolean;
  /** True lets hooks be without encryption; refused in production. */
  readonly allowHttp: boolean;
  /** What a hook may take, from the look-up of its name to the last byte of its answer. */
  readonly budgetMs: number;
}

/** Reads the settings out of the configuration. */
export function toReviewSettings(config: {
  readonly NODE_ENV: string;
  readonly SOUK_WEBHOOK_SECRET: string;
  readonly REVIEW_HOOK_ALLOW_PRIVATE: boolean;
  readonly REVIEW_HOOK_BUDGET_MS: number;
}): ReviewSettings {
  return {
    houseSecret: config.SOUK_WEBHOOK_SECRET,
    allowPrivate: config.REVIEW_HOOK_ALLOW_PRIVATE,
    budgetMs: config.REVIEW_HOOK_BUDGET_MS,
    allowHttp: config.NODE_ENV !== 'production',
  };
}
