import { PageSkeleton } from '../../app/page-skeleton.tsx';

export function LobbyPage() {
  return <PageSkeleton />;
}
