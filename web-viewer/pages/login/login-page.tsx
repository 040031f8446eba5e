import { PageSkeleton } from '../../app/page-skeleton.tsx';

export function LoginPage() {
  return <PageSkeleton />;
}
