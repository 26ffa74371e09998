base <- Sys.getenv("KALTIM_KOMPETEN", "https://kaltim-kompeten.invalid/")
rows <- read.csv(paste0(base, "downloads/observations.csv"), colClasses = "character", encoding = "UTF-8")

counted <- subset(
  rows,
  programme_id == "kaltim" & year == "2025" & stage == "peserta" &
    preferred == "true" & # satu sumber satu angka / one source a figure
    whole_batch == "true" & # _T sudah memuat bagiannya / _T already holds its parts
    kind != "cumulative" # rentang waktu tidak ditambahkan / spans of time are never added
)
missing <- counted$value == "" # kosong bukan nol / empty is not zero
cat(sum(as.integer(counted$value[!missing])), sum(missing), sep = "\t")
cat("\n")
