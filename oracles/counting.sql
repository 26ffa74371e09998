SELECT batch_id, region_code, sex,
    SUM(CASE WHEN rung >= 0 THEN 1 ELSE 0 END) AS pendaftar,
    SUM(CASE WHEN rung >= 1 THEN 1 ELSE 0 END) AS lolos_verifikasi,
    SUM(CASE WHEN rung >= 2 THEN 1 ELSE 0 END) AS peserta,
    SUM(CASE WHEN rung >= 3 THEN 1 ELSE 0 END) AS hadir,
    SUM(CASE WHEN rung >= 4 THEN 1 ELSE 0 END) AS selesai,
    SUM(CASE WHEN rung >= 5 THEN 1 ELSE 0 END) AS asesi,
    SUM(CASE WHEN outcome = 'kompeten' THEN 1 ELSE 0 END) AS kompeten,
    SUM(CASE WHEN outcome = 'belum_kompeten' THEN 1 ELSE 0 END) AS belum_kompeten,
    SUM(CASE WHEN issued = 1 THEN 1 ELSE 0 END) AS skk_terbit
FROM enrolments
GROUP BY batch_id, region_code, sex
ORDER BY batch_id, region_code, sex
