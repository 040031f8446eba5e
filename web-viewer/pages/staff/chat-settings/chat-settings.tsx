import type { ShowId } from '@souk/protocol/ids';
import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { Button } from '../../../ui/button.tsx';
import { Drawer } from '../../../ui/drawer.tsx';
import { SheetBody } from '../../../ui/sheet.tsx';
import { FilterForm } from './filter-form.tsx';
import { PolicyForm } from './policy-form.tsx';

export interface ChatSettingsProps {
  feed: ShowFeed;
  showId: ShowId;
}

/** The rules of a show's chat, behind one button; the same in the studio and in the console. */
export function ChatSettings({ feed, showId }: ChatSettingsProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const areLinksAllowed = useFeed(feed, (state) => state.show.chatPolicy.linksAllowed);
  return (
    <>
      <Button size="small" variant="ghost" data-testid="chat-settings" onClick={() => setOpen(true)}>
        <SlidersHorizontal aria-hidden className="size-4" />
        <span className="max-sm:sr-only">{t('chatRules.title')}</span>
      </Button>
      <Drawer
        open={isOpen}
        onOpenChange={setOpen}
        title={t('chatRules.title')}
        description={t('chatRules.text')}
      >
        <SheetBody className="flex flex-col gap-6">
          <PolicyForm feed={feed} showId={showId} />
          <hr className="border-line" />
          <FilterForm showId={showId} areLinksAllowed={areLinksAllowed} />
        </SheetBody>
      </Drawer>
    </>
  );
}
