import {
  BookOpen,
  FileCode,
  FileLock2,
  FileSpreadsheet,
  FileText,
  FileType,
  FileX,
  Folder,
  Image,
  type LucideIcon,
  Mail,
  Presentation,
} from 'lucide-react';
import type { FileFamily } from '@/utils/files/types';

const icons: Record<FileFamily, LucideIcon> = {
  pdf: FileText,
  document: FileType,
  sheet: FileSpreadsheet,
  slides: Presentation,
  book: BookOpen,
  picture: Image,
  code: FileCode,
  mail: Mail,
  text: FileText,
  folder: Folder,
};

/** The sign of a kind of file. */
export function FileIcon({
  family,
  trouble,
  size = 'icon',
}: {
  family?: FileFamily;
  trouble?: 'locked' | 'unread';
  size?: string;
}) {
  const Icon = trouble === 'locked' ? FileLock2 : family ? icons[family] : trouble ? FileX : FileText;
  return <Icon className={size} aria-hidden="true" />;
}
