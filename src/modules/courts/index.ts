export { courtOfCase } from './case-court.ts';
export { CourtCard, type CourtCardContent } from './court-card.tsx';
