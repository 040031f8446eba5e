import type { TFunction } from 'i18next';
import { muteSpans } from '../mute-spans.ts';
import type { Act } from './acts.ts';

/** What an act has done, in one sentence. */
export function actText(act: Act, t: TFunction): string {
  if (act.kind === 'mute') {
    const name = isolate(act.person.name);
    const span = muteSpans.find(({ seconds }) => seconds === act.seconds);
    return span === undefined
      ? t('staff.muted', { name })
      : t('staff.done.mute', { name, span: t(`staff.muteSpans.${span.name}`) });
  }
  if (act.kind === 'ban') return t(`staff.done.ban.${act.scope}`, { name: isolate(act.person.name) });
  if ('person' in act) return t(`staff.done.${act.kind}`, { name: isolate(act.person.name) });
  return t(`staff.done.${act.kind}`);
}

/** A name keeps its own direction inside of a sentence of another one. */
function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}
