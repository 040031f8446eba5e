import type { ShowCard } from '@souk/protocol/http/shows';
import { limits } from '@souk/protocol/limits';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Field } from '../../ui/field.tsx';
import { LineupPanel } from './lineup-panel.tsx';
import { ProductPicker, ProductPickerSkeleton } from './product-picker.tsx';
import type { Draft } from './use-draft.ts';
import type { DraftTitle } from './use-draft-title.ts';

export interface DraftPanelProps {
  feed: ShowFeed;
  show: ShowCard;
  draft: Draft;
}

/** What can be prepared before the show, all of it in sight: the title, what can be added, and the line-up. */
export function DraftPanel({ feed, show, draft }: DraftPanelProps) {
  return (
    <div className="grid min-h-0 flex-1 gap-4 lg:grid-rows-[auto_minmax(0,3fr)_minmax(0,2fr)]">
      <TitleField title={draft.title} />
      {/* Above the line-up, which grows: nothing may move under a finger that presses one product after the other. */}
      <AddProducts feed={feed} show={show} draft={draft} />
      <LineupPanel feed={feed} showId={show.id} isDraft />
    </div>
  );
}

function TitleField({ title }: { title: DraftTitle }) {
  const { t } = useTranslation();
  const saveOnEnter = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) title.save();
  };
  return (
    <div className="flex flex-col gap-2">
      <Field
        data-testid="show-title"
        label={t('studio.title')}
        maxLength={limits.showTitleLength}
        enterKeyHint="done"
        value={title.value}
        onChange={(event) => title.change(event.target.value)}
        onBlur={title.save}
        onKeyDown={saveOnEnter}
      />
      <ErrorMessage error={title.error} />
    </div>
  );
}

function AddProducts({ feed, show, draft }: DraftPanelProps) {
  const { t } = useTranslation();
  // A press replaces the whole line-up: it must be known before anything is added to it.
  const isKnown = useFeed(feed, (state) => state.show.facts !== null);
  const { lineup } = draft;
  return (
    <section aria-labelledby="add-products" className="flex min-h-0 flex-col gap-2">
      <h2 id="add-products" className="text-sm font-semibold">
        {t('studio.addProducts')}
      </h2>
      <ErrorMessage error={lineup.error} />
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {isKnown ? (
          <ProductPicker
            merchantId={show.merchantId}
            picked={lineup.picked}
            onAdd={({ id }) => lineup.add(id)}
          />
        ) : (
          <ProductPickerSkeleton />
        )}
      </div>
    </section>
  );
}
