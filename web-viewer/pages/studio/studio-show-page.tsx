import { PageSkeleton } from '../../app/page-skeleton.tsx';

export function StudioShowPage() {
  return <PageSkeleton />;
}
