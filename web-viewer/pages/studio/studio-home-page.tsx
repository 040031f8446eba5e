import { PageSkeleton } from '../../app/page-skeleton.tsx';

export function StudioHomePage() {
  return <PageSkeleton />;
}
