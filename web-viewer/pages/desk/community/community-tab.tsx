import { AuditLog } from './audit-log.tsx';
import { BanList } from './ban-list.tsx';
import { BlockedWords } from './blocked-words.tsx';
import { ReviewHookCard } from './review-hook-card.tsx';

/** What the shop decides for the chat of all its shows, whom it has banned, and who did what. */
export function CommunityTab() {
  return (
    <div className="flex flex-col gap-4">
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <BlockedWords />
        <div className="flex flex-col gap-4">
          <BanList />
          <ReviewHookCard />
        </div>
      </div>
      <AuditLog />
    </div>
  );
}
