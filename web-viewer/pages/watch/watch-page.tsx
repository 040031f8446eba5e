import { PageSkeleton } from '../../app/page-skeleton.tsx';

export function WatchPage() {
  return <PageSkeleton />;
}
